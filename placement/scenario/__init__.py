"""The scenario: from YAML to checked values, every fault named at its line."""

from placement.scenario.load import load_scenario as load_scenario
from placement.scenario.scenario import Scenario as Scenario
from placement.scenario.schema import ScenarioSpec as ScenarioSpec
