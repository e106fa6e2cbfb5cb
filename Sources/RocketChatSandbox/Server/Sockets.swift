#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A system call of the sandbox's server that failed.
package struct SocketError: Error, CustomStringConvertible {
    /// What was tried.
    package let action: String
    /// `errno` afterwards.
    package let code: Int32

    package var description: String {
        "The sandbox could not \(action): \(String(cString: strerror(code))) (errno \(code))."
    }
}

/// TCP sockets on the loopback interface, the little of them a test server needs.
enum Sockets {
    #if canImport(Glibc)
        private static let stream = Int32(SOCK_STREAM.rawValue)
        private static let sendFlags = Int32(MSG_NOSIGNAL)
    #elseif canImport(Musl)
        private static let stream = Int32(SOCK_STREAM)
        private static let sendFlags = Int32(MSG_NOSIGNAL)
    #else
        private static let stream = SOCK_STREAM
        private static let sendFlags: Int32 = 0
    #endif

    /// A socket that listens on 127.0.0.1; port 0 takes a free one. Returns the descriptor and the port.
    static func listen(port: UInt16) throws(SocketError) -> (Int32, UInt16) {
        let descriptor = socket(AF_INET, stream, 0)
        guard descriptor >= 0 else { throw SocketError(action: "open a socket", code: errno) }
        set(descriptor, SOL_SOCKET, SO_REUSEADDR)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
        }
        #if canImport(Glibc)
            let isListening = bound == 0 && Glibc.listen(descriptor, 512) == 0
        #elseif canImport(Musl)
            let isListening = bound == 0 && Musl.listen(descriptor, 512) == 0
        #else
            let isListening = bound == 0 && Darwin.listen(descriptor, 512) == 0
        #endif
        guard isListening else {
            let code = errno
            close(descriptor)
            throw SocketError(action: "listen on port \(port) of 127.0.0.1", code: code)
        }
        var actual = sockaddr_in()
        var length = size
        _ = withUnsafeMutablePointer(to: &actual) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return (descriptor, UInt16(bigEndian: actual.sin_port))
    }

    /// The next connection, or nil when none came within some milliseconds.
    static func accept(_ listener: Int32, milliseconds: Int32) -> Int32? {
        var waiting = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, milliseconds) > 0 else { return nil }
        #if canImport(Glibc)
            let connection = Glibc.accept(listener, nil, nil)
        #elseif canImport(Musl)
            let connection = Musl.accept(listener, nil, nil)
        #else
            let connection = Darwin.accept(listener, nil, nil)
        #endif
        guard connection >= 0 else { return nil }
        set(connection, Int32(IPPROTO_TCP), TCP_NODELAY)
        #if !os(Linux)
            set(connection, SOL_SOCKET, SO_NOSIGPIPE)
        #endif
        return connection
    }

    /// Reads what has come, up to the size of the buffer; 0 at the end, negative on an error.
    static func receive(_ connection: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            let count = recv(connection, buffer.baseAddress, buffer.count, 0)
            if count >= 0 || errno != EINTR { return count }
        }
    }

    /// Sends all bytes; false when the other side is gone.
    static func send(_ connection: Int32, _ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBytes { raw in
            var rest = UnsafeRawBufferPointer(raw)
            while !rest.isEmpty {
                #if canImport(Glibc)
                    let count = Glibc.send(connection, rest.baseAddress, rest.count, sendFlags)
                #elseif canImport(Musl)
                    let count = Musl.send(connection, rest.baseAddress, rest.count, sendFlags)
                #else
                    let count = Darwin.send(connection, rest.baseAddress, rest.count, sendFlags)
                #endif
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
            return true
        }
    }

    /// Ends both directions of a connection, so that a thread waiting for it wakes up.
    static func end(_ connection: Int32) {
        _ = shutdown(connection, Int32(SHUT_RDWR))
    }

    /// Gives a descriptor back.
    static func release(_ descriptor: Int32) {
        close(descriptor)
    }

    /// Lets the calling thread rest.
    static func rest(milliseconds: Int) {
        usleep(UInt32(clamping: max(milliseconds, 0) * 1000))
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32) {
        var one: Int32 = 1
        setsockopt(descriptor, level, option, &one, socklen_t(MemoryLayout<Int32>.size))
    }
}
