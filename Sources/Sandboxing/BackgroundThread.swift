import Glibc

/// A thread outside of the cooperative pool, for work that blocks; unlike Foundation's, one that says when it can't start.
public enum BackgroundThread {
  /// Starts a thread that ends with its work.
  /// - Parameter work: what it does.
  /// - Throws: `SandboxError` when the machine has no room for a further thread.
  public static func start(_ work: @escaping @Sendable () -> Void) throws(SandboxError) {
    let body = unsafe Unmanaged.passRetained(Body(work))
    var thread = pthread_t()
    let error = unsafe pthread_create(&thread, nil, Self.main, body.toOpaque())
    guard error == 0 else {
      unsafe body.release()
      throw .systemCall("Starting a thread", call: "pthread_create", errno: error)
    }
    pthread_detach(thread)
  }

  private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { pointer in
    if let pointer = unsafe pointer { unsafe Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().work() }
    return nil
  }

  private final class Body: Sendable {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
}
