extension PagePass {
    /// The whole document.
    mutating func document(_ plan: PagePlan) throws(JSONError) {
        if end - base >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF { throw failure(.byteOrderMark, base) }
        let start = try token(base)
        let behind = space(try place(start, node: 0, plan: plan, depth: 0))
        guard behind == end else { throw failure(.trailingBytes, behind) }
    }

    /// A value at a place the plan knows. Recursive, but no deeper than the format's longest path.
    private mutating func place(
        _ start: BytePointer, node index: Int, plan: PagePlan, depth: Int
    ) throws(JSONError) -> BytePointer {
        let node = plan.nodes[index]
        var kind = ValueKind.absent
        var behind = start
        let first = start.pointee
        if let list = node.list, first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
            expectKeys(of: plan.tables[list])
            kind = first == UInt8(ascii: "[") ? .array : .object
            let firstRecord = records.count
            let firstProbe = probes.count
            behind =
                kind == .array
                ? try elements(start, shape: plan.tables[list], depth: depth)
                : try element(start, shape: plan.tables[list], depth: depth)
            places.lists[list] = .init(
                isPresent: true, isArray: kind == .array, first: firstRecord, count: records.count - firstRecord,
                firstProbe: firstProbe,
                probeCount: plan.tables[list].probeCount)
            // The root may be a record and an envelope at once; then the little it holds is read twice.
            if kind == .object, !node.children.isEmpty { _ = try members(start, node: node, plan: plan, depth: depth) }
        } else if first == UInt8(ascii: "{"), !node.children.isEmpty {
            kind = .object
            behind = try members(start, node: node, plan: plan, depth: depth)
        } else {
            behind = try value(start, depth: depth, kind: &kind)
        }
        for scalar in node.scalars { places.scalars[scalar] = packed(start, behind, kind) }
        return behind
    }

    /// An object some of whose keys lead on.
    private mutating func members(
        _ start: BytePointer, node: PagePlan.Node, plan: PagePlan, depth: Int
    ) throws(JSONError) -> BytePointer {
        var position = try token(start + 1)
        if position.pointee == UInt8(ascii: "}") { return position + 1 }
        var kind = ValueKind.absent
        while true {
            sawEscape = false
            let keyStart = position
            guard keyStart.pointee == UInt8(ascii: "\"") else { throw failure(.unexpectedByte, keyStart) }
            let keyEnd = try string(keyStart)
            let child = node.children.first { Self.key(keyStart, keyEnd, hasEscape: sawEscape, is: $0.name) }
            position = try colon(keyEnd)
            if let child {
                forget(child.node, plan: plan)
                position = try place(position, node: child.node, plan: plan, depth: depth + 1)
            } else {
                position = try value(position, depth: depth + 1, kind: &kind)
            }
            position = try token(position)
            if position.pointee == UInt8(ascii: "}") { return position + 1 }
            guard position.pointee == UInt8(ascii: ",") else { throw failure(.unexpectedByte, position) }
            position = try token(position + 1)
        }
    }

    /// Of repeated keys the last one counts, so what an earlier one led to is forgotten.
    private mutating func forget(_ index: Int, plan: PagePlan) {
        let node = plan.nodes[index]
        if let list = node.list { places.lists[list] = .init() }
        for scalar in node.scalars { places.scalars[scalar] = Slice() }
        for child in node.children { forget(child.node, plan: plan) }
    }

    /// An array of elements.
    private mutating func elements(
        _ start: BytePointer, shape: KeyTable, depth: Int
    ) throws(JSONError) -> BytePointer {
        var position = try token(start + 1)
        if position.pointee == UInt8(ascii: "]") { return position + 1 }
        while true {
            position = try token(try element(position, shape: shape, depth: depth + 1))
            if position.pointee == UInt8(ascii: "]") { return position + 1 }
            guard position.pointee == UInt8(ascii: ",") else { throw failure(.unexpectedByte, position) }
            position = try token(position + 1)
        }
    }

    /// One element of a list, whatever it is.
    private mutating func element(
        _ start: BytePointer, shape: KeyTable, depth: Int
    ) throws(JSONError) -> BytePointer {
        needs = []
        probed = probes.append(Slice(), times: shape.probeCount)
        let firstEdit = places.edits.count
        var entry = RecordEntry(start: UInt32(truncatingIfNeeded: start - base), end: 0)
        let behind: BytePointer
        if start.pointee == UInt8(ascii: "{") {
            behind = try record(start, shape: shape, depth: depth, isRecord: &entry.isRecord)
        } else {
            var kind = ValueKind.absent
            behind = try value(start, depth: depth, kind: &kind)
        }
        entry.end = UInt32(truncatingIfNeeded: behind - base)
        entry.firstEdit = UInt32(truncatingIfNeeded: firstEdit)
        entry.editCount = UInt32(truncatingIfNeeded: places.edits.count - firstEdit)
        entry.needs = needs
        _ = records.append(entry)
        for repeated in shape.repeatedProbes { probed[repeated.probe] = probed[repeated.first] }
        return behind
    }

    /// The place between two positions.
    @inline(__always)
    func packed(_ start: BytePointer, _ behind: BytePointer, _ kind: ValueKind) -> Slice {
        Slice(
            start: UInt32(truncatingIfNeeded: start - base), end: UInt32(truncatingIfNeeded: behind - base), kind: kind)
    }

    /// Whether the string between two positions (quotes included) says `name`.
    static func key(_ start: BytePointer, _ behind: BytePointer, hasEscape: Bool, is name: [UInt8]) -> Bool {
        let raw = UnsafeBufferPointer(start: start + 1, count: behind - start - 2)
        return hasEscape ? JSONText.unescaped(raw) == name : raw.elementsEqual(name)
    }
}
