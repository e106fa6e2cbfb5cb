import JSONBytes

/// What is wrong with a secured connection, as far as libcurl's words tell. None of it changes by trying again.
package enum TLSFault: Sendable, Hashable {
    /// The server's certificate is too old.
    case expired
    /// It counts from a later day: one of the two clocks is wrong, as a rule.
    case notYetValid
    /// It is another host's.
    case otherName
    /// It comes from an authority that this machine does not know.
    case unknownAuthority
    /// The file or text of authorities cannot be read.
    case unusableAuthorities
    /// The server speaks no TLS there.
    case plaintext
    /// The server speaks TLS where plain text was expected.
    case encrypted
    /// Something else about the certificate.
    case other

    /// Recognises the fault by `detail`, the words of libcurl and of OpenSSL or GnuTLS behind it.
    init?(_ detail: String, isAboutAuthorities: Bool, isAboutCertificate: Bool) {
        let text = detail.lowercased()
        let has = { (words: [String]) in words.contains { text.contains($0) } }
        if isAboutAuthorities {
            self = .unusableAuthorities
        } else if isAboutCertificate {
            // A chain of one's own may be expired as well; the date is what has to be mended first.
            if has(["expired", "expiration date has passed"]) {
                self = .expired
            } else if has(["not yet valid", "not activated yet"]) {
                self = .notYetValid
            } else if has(["does not match target", "no alternative certificate subject name", "hostname mismatch"]) {
                self = .otherName
            } else if has(["self-signed", "self signed", "unable to get", "verification failed", "unknown ca"]) {
                self = .unknownAuthority
            } else {
                self = .other
            }
        } else if has(["wrong version number", "http request", "unexpected tls packet", "packet length too long"]) {
            self = .plaintext
        } else if has(["http/0.9"]) {
            self = .encrypted
        } else {
            return nil
        }
    }

    /// What to do about it, for a server at `server`.
    func advice(_ server: ServerAddress) -> String {
        switch self {
        case .expired:
            "The server's certificate has expired: it has to be renewed there. If it has not, the clock of this machine is wrong."
        case .notYetValid:
            "The server's certificate is not valid yet: the clock of this machine is wrong, or the certificate is."
        case .otherName:
            "The server's certificate is for another host than \(server.host): set `endpoint` to a name that stands in the certificate."
        case .unknownAuthority:
            "If the server's certificate comes from an authority of your own, `ca_certificate` must hold it (or the file that SSL_CERT_FILE "
                + "names); if the server leaves out an intermediate certificate, it has to send it."
        case .unusableAuthorities:
            "`ca_certificate` is no file with certificates (PEM, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----) that the "
                + "connector can read."
        case .plaintext:
            "The server speaks no TLS at that port: is its address \(server.twin) ?"
        case .encrypted:
            "What answers there speaks no plain HTTP: is its address \(server.twin) ?"
        case .other:
            "If the server's certificate comes from an authority of your own, `ca_certificate` must hold it (or the file that SSL_CERT_FILE "
                + "names)."
        }
    }
}

extension ServerAddress {
    /// The same with the other scheme.
    var twin: ServerAddress {
        ServerAddress(scheme: scheme == "https" ? "http" : "https", host: host, port: port, path: path)
    }
}
