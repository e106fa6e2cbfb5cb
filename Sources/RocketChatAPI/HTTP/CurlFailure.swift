import CCurl

/// Translates libcurl's result codes.
enum CurlFailure {
    /// The error for `code`; `detail` is libcurl's own text, which may be empty.
    ///
    /// That text quotes the address of a proxy as it was set, whole or in pieces cut at the wrong place, so it is left out where
    /// such an address holds a password.
    static func error(_ code: CURLcode, isTooLarge: Bool, detail: String) -> TransportError {
        let general = String(cString: rc_easy_strerror(code))
        let text = detail.isEmpty || ProxyVariables.holdPassword ? general : detail
        let kind = kind(code, isTooLarge: isTooLarge)
        let fault = TLSFault(
            detail, isAboutAuthorities: code == CURLE_SSL_CACERT_BADFILE, isAboutCertificate: kind == .tls)
        return TransportError(fault == nil ? kind : .tls, text, fault: fault)
    }

    private static func kind(_ code: CURLcode, isTooLarge: Bool) -> TransportError.Kind {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
        case CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR, CURLE_INTERFACE_FAILED: .connect
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CLIENTCERT:
            .tls
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM,
            CURLE_BAD_CONTENT_ENCODING, CURLE_SEND_ERROR:
            .truncated
        case CURLE_FILESIZE_EXCEEDED: .bodyTooLarge
        case CURLE_WRITE_ERROR: isTooLarge ? .bodyTooLarge : .truncated
        case CURLE_ABORTED_BY_CALLBACK: .cancelled
        default: .other
        }
    }
}
