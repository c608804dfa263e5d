import Foundation
import Glibc
import TestSupport

/// What lies around a container and must not be reached: a secret file, and sockets of every kind that listen.
final class Surroundings: Sendable {
  let marker = "threadmark-test-\(UUID().uuidString)"
  private let folder: TemporaryFolder
  private let listeners: [Int32]
  private let port: UInt16

  init() throws {
    folder = try TemporaryFolder(["secret": "secret"])
    let tcp = try Self.listener(AF_INET, SOCK_STREAM) { try Self.bindToLoopback($0) }
    port = try Self.port(of: tcp)
    let path = folder.path("socket")
    let datagrams = folder.path("datagrams")
    let abstract = "\0\(marker)-listener"
    listeners = [
      tcp,
      try Self.listener(AF_UNIX, SOCK_STREAM) { try Self.bind($0, to: path) },
      try Self.listener(AF_UNIX, SOCK_DGRAM) { try Self.bind($0, to: datagrams) },
      try Self.listener(AF_UNIX, SOCK_STREAM) { try Self.bind($0, to: abstract) },
    ]
    chmod(folder.path, 0o755)
    for socket in [path, datagrams] { chmod(socket, 0o777) }
  }

  deinit { for listener in listeners { close(listener) } }

  /// What every attack is told of its surroundings: the worst case, in which it knows where everything is.
  ///
  /// A path that begins with `/tmp` would be taken for one of the container's own, hence the word before it.
  var environment: [String: String] {
    [
      "OUTSIDE": "at \(folder.path)", "REPOSITORY": Fixtures.packageRoot.path, "PORT": "\(port)",
      "ABSTRACT": "\(marker)-listener",
    ]
  }

  /// Whether somebody connected to a listener, or sent it something.
  var wasReached: Bool {
    listeners.contains { listener in
      var waiting = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
      return poll(&waiting, 1, 0) > 0
    }
  }

  /// Files under this attack's name, wherever programs may be able to write.
  var filesLeft: [String] {
    let roots = ["/tmp", NSTemporaryDirectory(), "/var/tmp", "/dev/shm", "/run/lock", "/run/shm", "/home", "/"]
    return Set(roots).flatMap { root in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
      return names.filter { $0.contains(marker) && !folder.path.hasSuffix($0) }.map { "\(root)/\($0)" }
    }
  }

  private static func listener(_ family: Int32, _ kind: __socket_type, bind: (Int32) throws -> Void) throws -> Int32 {
    let listener = socket(family, Int32(kind.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    try bind(listener)
    guard kind == SOCK_DGRAM || listen(listener, 8) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    return listener
  }

  /// Lets a socket listen at a free port of this machine's loopback; the port, nil when that fails.
  static func listenOnLoopback(_ listener: Int32) -> Int? {
    guard (try? bindToLoopback(listener)) != nil, listen(listener, 8) == 0 else { return nil }
    return (try? port(of: listener)).map(Int.init)
  }

  private static func bindToLoopback(_ listener: Int32) throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    try bind(listener, &address, MemoryLayout<sockaddr_in>.size)
  }

  private static func bind(_ listener: Int32, to name: String) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name.utf8) }
    let start = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
    try bind(listener, &address, start + name.utf8.count)
  }

  private static func bind<Address>(_ listener: Int32, _ address: inout Address, _ size: Int) throws {
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(listener, $0, socklen_t(size)) }
    }
    guard result == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  }

  private static func port(of listener: Int32) throws -> UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &size) }
    }
    guard result == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    return UInt16(bigEndian: address.sin_port)
  }
}
