import AirbyteProtocol
import CSystem
import JSONBytes

/// Looks for the secrets of the configuration in what a source prints.
struct SecretScan {
    private let redactor: Redactor
    private let plain = Redactor()
    /// The secrets as records would hold them.
    private let forms: [[UInt8]]

    /// Looks for these texts. Shorter ones than six characters are found everywhere and prove nothing.
    init(_ secrets: Set<String>) {
        let secrets = secrets.filter { $0.utf8.count >= 6 }
        redactor = Redactor(secrets)
        var forms: Set<[UInt8]> = []
        for secret in secrets {
            forms.insert(Array(secret.utf8))
            forms.insert(Array(JSON.string(secret).bytes.dropFirst().dropLast()))
        }
        self.forms = Array(forms)
    }

    /// Whether there is anything to look for.
    var isEmpty: Bool { forms.isEmpty }

    /// Whether a secret stands in `bytes`, in whatever way it is written.
    func finds(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !isEmpty else { return false }
        let text = String(decoding: bytes, as: UTF8.self)
        return redactor(text) != plain(text)
    }

    /// The same for records, of which there are many: as it is and as JSON writes it.
    func findsPlain(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        forms.contains { Self.contains($0, in: bytes) }
    }

    /// Whether `form` stands anywhere in `bytes`.
    static func contains(_ form: [UInt8], in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard var place = bytes.baseAddress else { return false }
        let end = place + bytes.count
        while end - place >= form.count,
            let found = memchr(place, Int32(form[0]), end - place - form.count + 1)?.assumingMemoryBound(to: UInt8.self)
        {
            if memcmp(found, form, form.count) == 0 { return true }
            place = UnsafePointer(found) + 1
        }
        return false
    }
}
