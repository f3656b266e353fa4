/// A country of List Countries.
struct Country: Sendable, Equatable {
    /// The vendor's own id: unique, arbitrary.
    var id: Int
    /// The name as the vendor writes it: upper case, but for two.
    var name: String
    /// The *telephone* country code, not unique: four countries have "1".
    var countryCode: String

    /// The row of the body, in the vendor's key order.
    var json: OrderedJSON {
        ["countryCode": .string(countryCode), "name": .string(name), "id": .number(id)]
    }
}

extension Country {
    /// The 68 countries of the sample on the vendor's page "Clients API Methods", in its order (by name without regard to case).
    static let all: [Country] = [
        Country(id: 7, name: "ARGENTINA", countryCode: "54"),
        Country(id: 11, name: "AUSTRALIA", countryCode: "61"),
        Country(id: 12, name: "AUSTRIA", countryCode: "43"),
        Country(id: 13, name: "BELGIUM", countryCode: "32"),
        Country(id: 14, name: "BOLIVIA", countryCode: "591"),
        Country(id: 3, name: "BRAZIL", countryCode: "55"),
        Country(id: 15, name: "BULGARIA", countryCode: "359"),
        Country(id: 2, name: "CANADA", countryCode: "1"),
        Country(id: 16, name: "CHILE", countryCode: "56"),
        Country(id: 17, name: "CHINA", countryCode: "86"),
        Country(id: 9, name: "COLOMBIA", countryCode: "57"),
        Country(id: 18, name: "COSTA RICA", countryCode: "506"),
        Country(id: 19, name: "CROATIA", countryCode: "385"),
        Country(id: 20, name: "CYPRUS", countryCode: "357"),
        Country(id: 21, name: "CZECH REPUBLIC", countryCode: "420"),
        Country(id: 22, name: "DENMARK", countryCode: "45"),
        Country(id: 23, name: "ECUADOR", countryCode: "593"),
        Country(id: 33, name: "Egypt", countryCode: "20"),
        Country(id: 24, name: "ESTONIA", countryCode: "372"),
        Country(id: 25, name: "FINLAND", countryCode: "358"),
        Country(id: 26, name: "FRANCE", countryCode: "33"),
        Country(id: 27, name: "GERMANY", countryCode: "49"),
        Country(id: 28, name: "GREECE", countryCode: "30"),
        Country(id: 29, name: "GUATEMALA", countryCode: "502"),
        Country(id: 30, name: "HOLLAND", countryCode: "31"),
        Country(id: 31, name: "HUNGARY", countryCode: "36"),
        Country(id: 32, name: "ICELAND", countryCode: "354"),
        Country(id: 10, name: "INDIA", countryCode: "91"),
        Country(id: 68, name: "IRAQ", countryCode: "964"),
        Country(id: 128, name: "Ireland", countryCode: "353"),
        Country(id: 34, name: "ITALY", countryCode: "39"),
        Country(id: 35, name: "JAPAN", countryCode: "81"),
        Country(id: 36, name: "LATVIA", countryCode: "371"),
        Country(id: 37, name: "LITHUANIA", countryCode: "370"),
        Country(id: 38, name: "LUXEMBOURG", countryCode: "352"),
        Country(id: 39, name: "MALAYSIA", countryCode: "60"),
        Country(id: 40, name: "MALTA", countryCode: "356"),
        Country(id: 4, name: "MEXICO", countryCode: "52"),
        Country(id: 41, name: "NETHERLANDS", countryCode: "31"),
        Country(id: 42, name: "NEW ZEALAND", countryCode: "64"),
        Country(id: 43, name: "NIGERIA", countryCode: "234"),
        Country(id: 44, name: "NORWAY", countryCode: "47"),
        Country(id: 45, name: "PAKISTAN", countryCode: "92"),
        Country(id: 46, name: "PANAMA", countryCode: "507"),
        Country(id: 47, name: "PARAGUAY", countryCode: "595"),
        Country(id: 48, name: "PERU", countryCode: "51"),
        Country(id: 49, name: "POLAND", countryCode: "48"),
        Country(id: 50, name: "PORTUGAL", countryCode: "351"),
        Country(id: 51, name: "PUERTO RICO", countryCode: "1"),
        Country(id: 52, name: "ROMANIA", countryCode: "40"),
        Country(id: 53, name: "RUSSIA", countryCode: "7"),
        Country(id: 54, name: "SCOTLAND", countryCode: "44"),
        Country(id: 5, name: "SINGAPORE", countryCode: "65"),
        Country(id: 55, name: "SLOVAKIA", countryCode: "421"),
        Country(id: 56, name: "SLOVENIA", countryCode: "386"),
        Country(id: 57, name: "SPAIN", countryCode: "34"),
        Country(id: 58, name: "SWEDEN", countryCode: "46"),
        Country(id: 59, name: "SWITZERLAND", countryCode: "41"),
        Country(id: 60, name: "TAIWAN", countryCode: "886"),
        Country(id: 61, name: "TRINIDAD TOBAGO", countryCode: "1"),
        Country(id: 62, name: "TURKEY", countryCode: "90"),
        Country(id: 8, name: "UK", countryCode: "44"),
        Country(id: 63, name: "UNITED ARAB EMIRATES", countryCode: "971"),
        Country(id: 1, name: "UNITED STATES OF AMERICA", countryCode: "1"),
        Country(id: 64, name: "URUGUAY", countryCode: "598"),
        Country(id: 65, name: "VENEZUELA", countryCode: "58"),
        Country(id: 66, name: "WALES", countryCode: "44"),
        Country(id: 67, name: "ZAMBIA", countryCode: "260"),
    ]

    /// The countries by id.
    static let byID: [Int: Country] = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

    /// The place of each country id on the vendor's page.
    static let placeByID: [Int: Int] = Dictionary(
        uniqueKeysWithValues: all.enumerated().map { ($0.element.id, $0.offset) })
}
