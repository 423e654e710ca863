internal import Metrics
internal import Synchronization

/// Keeps what is counted and measured, and writes it in the text format of Prometheus (exposition format 0.0.4).
final class PrometheusRegistry: MetricsFactory {
    /// One family of series.
    private struct Family {
        var type: String
        var series: [String: Series] = [:]
    }

    /// One series: a sum, and for measured times how many lay below which bound.
    private struct Series {
        var value = 0.0
        var count = 0
        var buckets: [Int] = []
    }

    private let families = Mutex<[String: Family]>([:])

    /// The upper bounds of measured times, in seconds.
    static let bounds: [Double] = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

    /// Everything as text, sorted.
    func text() -> String {
        families.withLock { families in
            families.sorted { $0.key < $1.key }.map { name, family in
                "# TYPE \(name) \(family.type)\n"
                    + family.series.sorted { $0.key < $1.key }.map { Self.lines(name, $0.key, $0.value, family.type) }
                    .joined()
            }.joined()
        }
    }

    private static func lines(_ name: String, _ labels: String, _ series: Series, _ type: String) -> String {
        guard type == "histogram" else { return "\(name)\(braces(labels)) \(number(series.value))\n" }
        var text = ""
        var below = 0
        for (bound, count) in zip(bounds, series.buckets) {
            below += count
            text += "\(name)_bucket\(braces(labels, "le=\"\(number(bound))\"")) \(below)\n"
        }
        text += "\(name)_bucket\(braces(labels, "le=\"+Inf\"")) \(series.count)\n"
        text += "\(name)_sum\(braces(labels)) \(number(series.value))\n"
        return text + "\(name)_count\(braces(labels)) \(series.count)\n"
    }

    private static func braces(_ labels: String, _ more: String? = nil) -> String {
        let all = [labels, more ?? ""].filter { !$0.isEmpty }.joined(separator: ",")
        return all.isEmpty ? "" : "{\(all)}"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }

    fileprivate func change(_ key: Key, _ body: (inout Double, inout Int) -> Void) {
        families.withLock { families in
            var series = families[key.name]?.series[key.labels] ?? Series()
            body(&series.value, &series.count)
            families[key.name, default: Family(type: key.type)].series[key.labels] = series
        }
    }

    fileprivate func measure(_ key: Key, _ seconds: Double) {
        families.withLock { families in
            var series = families[key.name]?.series[key.labels] ?? Series()
            if series.buckets.isEmpty { series.buckets = Self.bounds.map { _ in 0 } }
            if let place = Self.bounds.firstIndex(where: { seconds <= $0 }) { series.buckets[place] += 1 }
            series.value += seconds
            series.count += 1
            families[key.name, default: Family(type: key.type)].series[key.labels] = series
        }
    }

    // MARK: - What is made for the metrics API

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        PrometheusSeries(self, Key(label, dimensions, "counter"))
    }

    func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        PrometheusSeries(self, Key(label, dimensions, "counter"))
    }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        PrometheusSeries(self, Key(label, dimensions, "gauge"))
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        PrometheusSeries(self, Key(label, dimensions, aggregate ? "histogram" : "gauge"))
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        PrometheusSeries(self, Key(label, dimensions, "histogram"))
    }

    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}
}

/// The name of a series: name, labels as text, type.
private struct Key: Sendable {
    let name: String
    let labels: String
    let type: String

    init(_ name: String, _ dimensions: [(String, String)], _ type: String) {
        self.name = name
        self.type = type
        labels = dimensions.sorted { $0.0 < $1.0 }.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}

/// One series, as the metrics API changes it.
private final class PrometheusSeries: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler,
    TimerHandler
{
    private let registry: PrometheusRegistry
    private let key: Key

    init(_ registry: PrometheusRegistry, _ key: Key) {
        self.registry = registry
        self.key = key
    }

    func increment(by amount: Int64) { registry.change(key) { value, _ in value += Double(amount) } }
    func increment(by amount: Double) { registry.change(key) { value, _ in value += amount } }
    func decrement(by amount: Double) { registry.change(key) { value, _ in value -= amount } }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { registry.change(key) { old, _ in old = value } }
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) { registry.measure(key, value) }
    func recordNanoseconds(_ duration: Int64) { registry.measure(key, Double(duration) / 1e9) }
    func reset() { registry.change(key) { value, _ in value = 0 } }
}
