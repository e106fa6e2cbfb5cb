/// Plain values in memory of their own, for the pass over a page: with arrays, of which each time it is made sure that nobody
/// shares them, scanning messages took 5 % more instructions.
struct GrowingRows<Element: BitwiseCopyable> {
    /// How many there are.
    private(set) var count = 0
    private var start: UnsafeMutablePointer<Element>
    private var capacity: Int

    /// No values, with room for some; `deallocate` must be called.
    init(capacity: Int) {
        self.capacity = capacity
        start = .allocate(capacity: capacity)
    }

    /// The values as an array.
    var array: [Element] {
        Array(UnsafeBufferPointer(start: start, count: count))
    }

    /// Appends `repetitions` times the same value and returns where they are until the next are appended.
    @inline(__always)
    mutating func append(_ element: Element, times repetitions: Int = 1) -> UnsafeMutablePointer<Element> {
        if capacity &- count < repetitions { grow(by: repetitions) }
        let place = start + count
        for index in 0..<repetitions { (place + index).initialize(to: element) }
        count &+= repetitions
        return place
    }

    @inline(never)
    private mutating func grow(by room: Int) {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2 + room)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
        capacity = capacity * 2 + room
    }

    /// Releases the memory.
    func deallocate() {
        start.deallocate()
    }
}
