extension AnswerEdit {
    /// Changes a body.
    func apply(to body: inout JSONObject, _ query: QueryParameters) {
        switch self {
        case .set(let path, let json):
            guard let value = JSONParser.parse(Array(json.utf8)) else { preconditionFailure("\(json) is no JSON") }
            body.set(value, at: path)
        case .remove(let path): body.remove(at: path)
        case .rename(let path, let name):
            guard let value = body.value(at: path) else { return }
            body.remove(at: path)
            let parent = path.split(separator: ".").dropLast()
            body.set(value, at: (parent + [name[...]]).joined(separator: "."))
        case .shorten(let path, let count):
            guard let elements = body.value(at: path)?.elements else { return }
            body.set(.array(Array(elements.prefix(count))), at: path)
        case .drop(let path, let text):
            guard let elements = body.value(at: path)?.elements else { return }
            let kept = elements.filter { element in
                !String(decoding: JSONBuffer.encode(element), as: UTF8.self).contains(text)
            }
            body.set(.array(kept), at: path)
        case .echo(let path, let parameter):
            body.set(query[parameter].map { .string($0) } ?? .null, at: path)
        }
    }
}
