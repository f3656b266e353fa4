/// Names of companies that do not exist: one login code and one display name a client.
struct CompanyNames: Sendable {
    private let order: [Int]
    private let seed: UInt64

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, purpose: .companyNames)
        order = Self.roots.indices.shuffled(using: &generator)
        self.seed = seed
    }

    /// The Client Code (= the login's `clientName`) of the client at `place`, 1 or more: unique, such as `ACME01`.
    func code(at place: Int) -> String {
        let round = (place - 1) / order.count + 1
        return root(at: place).code + (round < 10 ? "0" : "") + String(round)
    }

    /// The display name of the client at `place`, 1 or more. Some are not ASCII, as real ones are not.
    func displayName(at place: Int) -> String {
        var generator = SeededGenerator(seed: seed, purpose: .companyNames, number: place)
        let round = (place - 1) / order.count + 1
        return root(at: place).name + " " + generator.one(of: Self.trades) + (round > 1 ? " \(round)" : "")
    }

    private func root(at place: Int) -> (code: String, name: String) { Self.roots[order[(place - 1) % order.count]] }

    private static let trades = [
        "Collections", "Receivables", "Care", "Sales", "Financial", "Utilities", "Telecom", "Health", "Recovery",
        "Lending",
    ]

    private static let roots: [(code: String, name: String)] = [
        ("ACME", "Acme"), ("ALDERAN", "Alderan"), ("BIRCHWOOD", "Birchwood"), ("BLUEHARBOR", "Blue Harbor"),
        ("CASTELLO", "Castello"), ("CEDARPOINT", "Cedar Point"), ("COPPERFLD", "Copperfield"), ("DELMAR", "Delmar"),
        ("DUNMORE", "Dunmore"), ("EASTGATE", "Eastgate"), ("ELMTREE", "Elm Tree"), ("FAIRHAVEN", "Fairhaven"),
        ("FENWICK", "Fenwick"), ("GLENROSE", "Glenrose"), ("GOLDLEAF", "Gold Leaf"), ("HALDEN", "Halden"),
        ("HARROW", "Harrow & Pike"), ("IRONBRIDGE", "Ironbridge"), ("JUNIPER", "Juniper"), ("KESTREL", "Kestrel"),
        ("LAKESHORE", "Lakeshore"), ("LINDEN", "Linden"), ("MARLOWE", "Marlowe"), ("MESA", "Mesa Verde"),
        ("MUELLER", "Müller & Söhne"), ("NORTHWIND", "Northwind"), ("OAKMONT", "Oakmont"), ("ODEGAARD", "Ødegaard"),
        ("PALOMA", "Paloma"), ("PINECREST", "Pinecrest"), ("QUARRY", "Quarry Lane"), ("REDWOOD", "Redwood"),
        ("ROSARIO", "Rosario"), ("SABLE", "Sable"), ("SILVERTON", "Silverton"), ("TAMARACK", "Tamarack"),
        ("UMBRIA", "Umbría"), ("VALEMONT", "Valemont"), ("WESTBROOK", "Westbrook"), ("YARROW", "Yarrow"),
    ]
}
