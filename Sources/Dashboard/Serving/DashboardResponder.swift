import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix

/// Leads requests of Hummingbird to the site and its answers back. The site reads the store, which blocks: it works on
/// threads of its own, a few, so that no event loop ever waits for a disk.
struct DashboardResponder: HTTPResponder {
    /// What the site needs to know besides the request: where it came from.
    struct Context: RequestContext {
        var coreContext: CoreRequestContextStorage
        /// The address of the other side, without the port; nil without a socket.
        let peer: String?

        init(source: ApplicationRequestContextSource) {
            coreContext = .init(source: source)
            peer = source.channel.remoteAddress?.ipAddress
        }
    }

    let site: Site

    /// The threads that block. They live as long as the process.
    private static let readers: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: 4)
        pool.start()
        return pool
    }()

    func respond(to request: Request, context: Context) async throws -> Response {
        let headers = request.headers
        var asked = WebRequest(target: request.head.path ?? "/")
        asked.method = request.method.rawValue
        asked.host = request.head.authority
        asked.accept = headers[.accept]
        asked.ifNoneMatch = headers[.ifNoneMatch]
        asked.authorization = headers[.authorization]
        asked.cookie = headers[values: .cookie].joined(separator: "; ")
        asked.origin = headers[.origin]
        asked.peer = context.peer ?? "local"
        if request.method == .post {
            do {
                asked.form = String(buffer: try await request.body.collect(upTo: Site.longestForm))
            } catch {
                return response(
                    site.problem(413, "Too much", "A form here has \(Site.longestForm) bytes at most.", asked),
                    to: asked)
            }
        }
        let site = site
        let final = asked
        let answer = try await Self.readers.runIfActive { site.answer(final) }
        return response(answer, to: asked)
    }

    private func response(_ answer: WebAnswer, to request: WebRequest) -> Response {
        var headers = HTTPFields()
        for (name, value) in WebAnswer.constantHeaders + answer.headers {
            guard let name = HTTPField.Name(name) else { continue }
            headers.append(HTTPField(name: name, value: value))
        }
        if let type = answer.contentType { headers[.contentType] = type }
        let status = HTTPResponse.Status(code: answer.status)
        guard answer.status != 304 else { return Response(status: status, headers: headers) }
        headers[.contentLength] = String(answer.body.count)
        let body = request.method == "HEAD" ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        return Response(status: status, headers: headers, body: body)
    }
}
