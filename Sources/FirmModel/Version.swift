/// The version of this library, written to every output.
public let firmClustersVersion = "0.1.0"
