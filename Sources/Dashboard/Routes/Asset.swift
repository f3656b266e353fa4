import AuditModel
import Reports

/// The files that pages load: constants of this program, so that nothing comes from anywhere else. There is no script.
enum Asset: String, CaseIterable {
    /// The style sheet.
    case style = "style.css"
    /// The sign in the browser's tab.
    case icon = "icon.svg"

    /// The media type.
    var contentType: String {
        switch self {
        case .style: "text/css; charset=utf-8"
        case .icon: "image/svg+xml"
        }
    }

    /// The bytes.
    var bytes: [UInt8] {
        switch self {
        case .style: Array("\(Stylesheet.text)\n\(DashboardStyle.text)\n".utf8)
        case .icon: Array("\(DashboardStyle.icon)\n".utf8)
        }
    }
}

extension Asset {
    /// The beginning of the digest of its bytes.
    var mark: String {
        switch self {
        case .style: Self.styleMark
        case .icon: Self.iconMark
        }
    }

    private static let styleMark = String(Digest(of: Asset.style.bytes).hex.prefix(12))
    private static let iconMark = String(Digest(of: Asset.icon.bytes).hex.prefix(12))
}
