extension Stylesheet {
    /// The bar that narrows the findings.
    static let filter: StaticString = """
        [hidden]{display:none!important}

        """
}
