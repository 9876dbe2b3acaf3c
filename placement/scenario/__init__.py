"""The scenario: from YAML to checked values, every fault named at its line."""

from placement.scenario.load import load_any as load_any
from placement.scenario.load import load_scenario as load_scenario
from placement.scenario.scenario import AnyScenario as AnyScenario
from placement.scenario.scenario import CompressScenario as CompressScenario
from placement.scenario.scenario import Scenario as Scenario
from placement.scenario.scenario import SegmentScenario as SegmentScenario
from placement.scenario.scenario import TaskScenario as TaskScenario
from placement.scenario.schema import ScenarioSpec as ScenarioSpec
