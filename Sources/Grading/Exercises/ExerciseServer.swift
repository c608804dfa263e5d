import Sandboxing

/// A program of an exercise that serves the submissions' runs, in a container of its own.
///
/// It listens at a UNIX socket, which can be had in every isolation tier and which nobody else can reach. With `hasPort` it
/// also gets, as its standard input, a TCP socket that listens on the loopback of the submission's container, in the tiers
/// that have one. Either way it can be neither killed nor read by those it serves, nor do its threads count as theirs.
public struct ExerciseServer: Sendable, Equatable {
  /// The file in the exercise's folder `programs`.
  public var name: String
  /// What is in it.
  public var contents: [UInt8]
  /// How long it lets each request wait.
  public var latency: Duration?
  /// Whether it serves a port of the submission's own loopback, where the tier has one.
  public var hasPort: Bool

  /// A server.
  public init(name: String, contents: [UInt8], latency: Duration? = nil, hasPort: Bool = false) {
    self.name = name
    self.contents = contents
    self.latency = latency
    self.hasPort = hasPort
  }

  /// The variable of the environment that holds the socket's path, for the server, and where there is no port for those it serves.
  public static let socketVariable = "SERVER_SOCKET"
  /// The variable of the environment that holds the port on 127.0.0.1, for the server and for those it serves.
  public static let portVariable = "SERVER_PORT"
  /// The variable of the server's environment that holds the latency in seconds.
  public static let latencyVariable = "SERVER_LATENCY"
}
