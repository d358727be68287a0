// What `import FirmClusters` gives: every public part of the library under one name.

@_exported public import ClusterDetection
@_exported public import ClusterGeometry
@_exported public import ColocationMining
@_exported public import DelimitedText
@_exported public import DensityClustering
@_exported public import FirmInput
@_exported public import FirmModel
@_exported public import Geodesy
@_exported public import IndustryClassifications
@_exported public import ParallelWork
@_exported public import PatternAnalysis
@_exported public import RegionalMeasures
@_exported public import ReportWriting
@_exported public import ScanStatistic
@_exported public import SignificanceTesting
@_exported public import SpatialIndex
@_exported public import SyntheticRegisters
@_exported public import VectorInput
