"""A client of Chromium's DevTools protocol over two pipes (--remote-debugging-pipe); needs nothing but Python."""

import json
import os
import select
import subprocess
import time


class BrowserError(Exception):
    """What the browser, or the page in it, did wrong."""


class Browser:
    """One headless Chromium with one page. Messages are JSON texts, each ended by a NUL; it reads fd 3 and writes fd 4."""

    def __init__(self, program, folder):
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()
        for end in (to_browser, from_browser):
            os.set_inheritable(end, True)

        def place():
            # By way of higher numbers, since one of the ends may be 3 or 4 itself.
            one, other = os.dup2(to_browser, 23), os.dup2(from_browser, 24)
            os.dup2(one, 3)
            os.dup2(other, 4)

        arguments = [
            program, "--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--remote-debugging-pipe", "--user-data-dir=" + folder, "about:blank",
        ]
        # Its sandbox needs user namespaces, which root and most containers do not have; only our own pages are opened.
        if os.getuid() == 0 or os.environ.get("CI"):
            arguments.insert(1, "--no-sandbox")
            arguments.insert(1, "--disable-dev-shm-usage")
        self._process = subprocess.Popen(
            arguments, preexec_fn=place, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self._buffer = b""
        self._next = 0
        self._events = []
        self.complaints = []
        self.requests = []
        target = self._call("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self._call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def close(self):
        """Ends the browser."""
        try:
            self._call("Browser.close", {})
        except (BrowserError, OSError):
            pass
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def call(self, method, parameters=None):
        """Asks the page for something."""
        return self._call(method, parameters or {}, self._session)

    def _call(self, method, parameters, session=None):
        self._next += 1
        message = {"id": self._next, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        number = self._next
        while True:
            answer = self._read(30)
            if answer.get("id") == number:
                if "error" in answer:
                    raise BrowserError("%s: %s" % (method, answer["error"].get("message")))
                return answer["result"]
            self._note(answer)

    def _read(self, seconds):
        end = time.monotonic() + seconds
        while b"\0" not in self._buffer:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self._in], [], [], left)[0]:
                raise BrowserError("the browser does not answer")
            piece = os.read(self._in, 1 << 20)
            if not piece:
                raise BrowserError("the browser ended")
            self._buffer += piece
        text, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(text)

    def _note(self, event):
        method, parameters = event.get("method"), event.get("params", {})
        self._events.append(method)
        if method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
        if method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.complaints.append("%s (%s)" % (parameters["entry"]["text"], parameters["entry"].get("url", "")))
        if method == "Runtime.exceptionThrown":
            self.complaints.append(parameters["exceptionDetails"]["text"])
        if method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
            self.complaints.append(str(parameters["args"]))
        if method == "Network.loadingFailed" and not parameters.get("canceled"):
            self.complaints.append("not loaded: " + parameters.get("errorText", ""))

    def loading(self, action):
        """Does something that leads to another page, and waits for that page."""
        self._events = []
        action()
        while "Page.loadEventFired" not in self._events:
            self._note(self._read(30))

    def open(self, address):
        """Opens an address."""
        self.loading(lambda: self.call("Page.navigate", {"url": address}))

    def value(self, expression):
        """What an expression comes to in the page."""
        result = self.call("Runtime.evaluate", {"expression": expression, "returnByValue": True})
        if "exceptionDetails" in result:
            raise BrowserError("%s: %s" % (expression, result["exceptionDetails"]["text"]))
        return result["result"].get("value")

    def place(self, expression):
        """The middle of an element, after scrolling to it."""
        place = self.value(
            "(() => { const e = %s; if (!e) return null; e.scrollIntoView({block: 'center', behavior: 'instant'});"
            " const r = e.getClientRects()[0]; return r && [r.x + r.width / 2, r.y + r.height / 2]; })()" % expression)
        if not place:
            raise BrowserError("there is no visible %s" % expression)
        return place

    def click(self, expression):
        """Presses and releases the mouse on an element, as a hand does."""
        x, y = self.place(expression)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1})

    def type(self, text):
        """Types into what has the focus."""
        for letter in text:
            self.call("Input.dispatchKeyEvent", {"type": "char", "text": letter})

    def press(self, key, code):
        """Presses a key that has a name."""
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                {"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code})

    def press_enter(self):
        """Presses Enter, which sends a form."""
        enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
        self.call("Input.dispatchKeyEvent", dict(enter, type="keyDown", text="\r"))
        self.call("Input.dispatchKeyEvent", dict(enter, type="keyUp"))

    def look(self, width, height=900, dark=False):
        """Sets the window and whether the reader likes it dark."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
        self.call(
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
                          # Else a page may still scroll while the mouse is pressed.
                          {"name": "prefers-reduced-motion", "value": "reduce"}]})

    def screenshot(self):
        """The whole page as base 64 of a PNG."""
        height = min(3200, int(self.value("document.documentElement.scrollHeight")))
        width = int(self.value("innerWidth"))
        return self.call(
            "Page.captureScreenshot",
            {"captureBeyondViewport": True, "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}})["data"]
