import Remediator

/// Tells the remediator's errors. The list of all other rooms' errors (`Explanation`) must not know this one.
enum RemediationEnd {
    /// The body's value; an error of the remediator becomes the end of the command, with its sentence.
    static func telling<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as RemediationError {
            throw CommandEnd(error.status, error.description)
        }
    }
}
