"""The values that flow through a run, and the promises that the families keep."""

from placement.core.demand import Demand as Demand
from placement.core.domain import Domain as Domain
from placement.core.domain import FloorPlan as FloorPlan
from placement.core.domain import Room as Room
from placement.core.frame import Frame as Frame
from placement.core.plan import Plan as Plan
from placement.core.problem import Problem as Problem
from placement.core.problem import Search as Search
from placement.core.protocols import Distance as Distance
from placement.core.protocols import Objective as Objective
from placement.core.result import Result as Result
from placement.core.result import Source as Source
from placement.core.score import Coverage as Coverage
from placement.core.score import DeviceScore as DeviceScore
from placement.core.score import Score as Score
from placement.core.score import WorstServed as WorstServed
from placement.core.sites import Sites as Sites
