import Sandboxing

/// A program of an exercise that serves the submissions' runs, in a container of its own, over a UNIX socket.
///
/// A UNIX socket rather than a port: it can be had in every isolation tier, nobody else can reach it, and the server can be
/// neither killed nor read by those it serves, nor do its threads count as theirs.
public struct ExerciseServer: Sendable, Equatable {
  /// The file in the exercise's folder `programs`.
  public var name: String
  /// What is in it.
  public var contents: [UInt8]
  /// How long it lets each request wait.
  public var latency: Duration?

  /// A server.
  public init(name: String, contents: [UInt8], latency: Duration? = nil) {
    self.name = name
    self.contents = contents
    self.latency = latency
  }

  /// The variable of the environment that holds the socket's path, for the server and for those it serves.
  public static let socketVariable = "SERVER_SOCKET"
  /// The variable of the server's environment that holds the latency in seconds.
  public static let latencyVariable = "SERVER_LATENCY"
}
