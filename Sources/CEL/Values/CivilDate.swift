/// A date and time of day in the proleptic Gregorian calendar, without a zone.
struct CivilDate {
    var year: Int64
    /// 1 to 12.
    var month: Int64
    /// 1 to 31.
    var day: Int64
    /// Seconds since midnight, 0 to 86,399.
    var secondOfDay: Int64
    /// 0 for Sunday.
    var weekday: Int64
    /// 0 to 999.
    var millisecond: Int64

    /// The date a number of seconds after 1970-01-01T00:00:00.
    ///
    /// Counts days from 0000-03-01 in eras of 400 years, so that leap days come last in a year.
    /// - SeeAlso: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    init(secondsSince1970 seconds: Int64, nanoseconds: Int32 = 0) {
        millisecond = Int64(nanoseconds) / 1_000_000
        let days = seconds.flooringQuotient(by: 86_400)
        secondOfDay = seconds - days * 86_400
        weekday = (days + 4).flooringRemainder(by: 7)
        let shifted = days + 719_468
        let era = shifted.flooringQuotient(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01 of a date.
    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.flooringQuotient(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The number of days of a month.
    static func lengthOfMonth(_ month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since January 1st, from 0.
    var dayOfYear: Int64 {
        Self.days(year: year, month: month, day: day) - Self.days(year: year, month: 1, day: 1)
    }
}

extension Int64 {
    /// The quotient rounded down; the divisor is positive.
    func flooringQuotient(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// What is left of a quotient rounded down; the divisor is positive.
    func flooringRemainder(by divisor: Int64) -> Int64 {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
