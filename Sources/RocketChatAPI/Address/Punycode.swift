/// Host names with letters beyond ASCII, as the network wants them: `münchen.example` is `xn--mnchen-3ya.example` (RFC 3492).
enum Punycode {
    /// The characters that separate labels, the full stops of East Asia among them (UTS #46).
    private static let dots: Set<Character> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]

    /// `host` in ASCII; nil where it holds what must be normalised first, such as an accent that is a character of its own, or
    /// a label becomes too long.
    static func host(_ host: String) -> String? {
        var labels: [String] = []
        for label in host.lowercased().split(omittingEmptySubsequences: false, whereSeparator: { dots.contains($0) }) {
            let scalars = Array(label.unicodeScalars)
            if scalars.allSatisfy(\.isASCII) {
                labels.append(String(label))
                continue
            }
            let isPlain = scalars.allSatisfy { scalar in
                scalar.isASCII
                    || scalar.properties.canonicalCombiningClass == .notReordered && scalar.properties.isIDContinue
            }
            guard isPlain, let encoded = encode(scalars) else { return nil }
            labels.append("xn--" + encoded)
        }
        guard labels.allSatisfy({ $0.utf8.count <= 63 }) else { return nil }
        return labels.joined(separator: ".")
    }

    // The parameters of RFC 3492 §5.
    private static let (base, tMin, tMax, skew, damp): (Int, Int, Int, Int, Int) = (36, 1, 26, 38, 700)

    /// The label without its `xn--`; nil when numbers run over.
    private static func encode(_ scalars: [Unicode.Scalar]) -> String? {
        let basic = scalars.filter(\.isASCII)
        var output = String(String.UnicodeScalarView(basic)) + (basic.isEmpty ? "" : "-")
        var (n, delta, bias, handled) = (128, 0, 72, basic.count)
        while handled < scalars.count {
            guard let next = scalars.map({ Int($0.value) }).filter({ $0 >= n }).min() else { return nil }
            delta += (next - n) * (handled + 1)
            n = next
            for scalar in scalars.map({ Int($0.value) }) {
                if scalar < n { delta += 1 }
                guard scalar == n else { continue }
                output += digits(delta, bias: bias)
                bias = adapted(delta, points: handled + 1, isFirst: handled == basic.count)
                delta = 0
                handled += 1
            }
            delta += 1
            n += 1
        }
        return output
    }

    /// A number as digits of growing weight.
    private static func digits(_ number: Int, bias: Int) -> String {
        var (q, k, text) = (number, base, "")
        while true {
            let t = k <= bias ? tMin : k >= bias + tMax ? tMax : k - bias
            guard q >= t else { return text + digit(q) }
            text += digit(t + (q - t) % (base - t))
            q = (q - t) / (base - t)
            k += base
        }
    }

    private static func digit(_ value: Int) -> String {
        String(Unicode.Scalar(UInt8(value < 26 ? 97 + value : 22 + value)))
    }

    private static func adapted(_ delta: Int, points: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / damp : delta / 2
        delta += delta / points
        var k = 0
        while delta > ((base - tMin) * tMax) / 2 {
            delta /= base - tMin
            k += base
        }
        return k + (base - tMin + 1) * delta / (delta + skew)
    }
}
