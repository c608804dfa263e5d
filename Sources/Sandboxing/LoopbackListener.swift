import Glibc
import Synchronization

/// A TCP socket that listens on a container's own loopback, at a port that nobody else could take before it.
///
/// A socket belongs to the network in which it was made: a program of another container that gets this one as its standard
/// input serves those in this container, while they can neither signal nor read it. It can be given away once; when whoever
/// has it ends, those who still wait for an answer are told so.
public final class LoopbackListener: Sendable, Equatable {
  /// The port on 127.0.0.1.
  public let port: Int
  private let socket: Mutex<Descriptor?>

  init(_ socket: Descriptor) throws(SandboxError) {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getsockname(socket.number, $0, &size)
      }
    }
    guard result == 0 else { throw .systemCall("Reading a socket's port", call: "getsockname", errno: errno) }
    port = Int(UInt16(bigEndian: address.sin_port))
    self.socket = Mutex(socket)
  }

  /// Gives the socket away; must not be asked again.
  func take() -> Descriptor {
    guard let socket = socket.withLock({ $0.take() }) else {
      preconditionFailure("A listener is one program's standard input.")
    }
    return socket
  }

  /// Whether both are the same socket.
  public static func == (left: LoopbackListener, right: LoopbackListener) -> Bool { left === right }
}
