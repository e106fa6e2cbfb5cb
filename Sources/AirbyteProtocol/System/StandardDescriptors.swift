import CSystem

/// Standard input, output and error.
package enum StandardDescriptors {
    /// Puts the null device where one of them is closed. To be called before anything is opened: the next pipe would
    /// otherwise become standard output, and what is printed would come back as something else.
    package static func fill() {
        for descriptor: Int32 in 0...2 where descriptor_flags(descriptor, F_GETFD) < 0 {
            // The lowest free number is the closed one, since those below it are open.
            _ = system_open("/dev/null", O_RDWR, 0)
        }
    }
}
