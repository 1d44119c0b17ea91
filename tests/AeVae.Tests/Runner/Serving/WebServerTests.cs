using System.Net;
using System.Net.Sockets;
using System.Text;
using AeVae.Runner.Serving;

namespace AeVae.Tests.Runner.Serving;

public sealed class WebServerTests
{
    [Fact]
    public async Task BrowsersOfThisMachineAreAnsweredUntilItIsCancelled()
    {
        int port = FreePort();
        using CancellationTokenSource cancellation = new();
        TaskCompletionSource started = new();
        Task served = new WebServer(port, address => new(HttpStatusCode.OK, $"<p>{address.AbsolutePath} ü</p>") { RefreshSeconds = 10 }, _ => { }).RunAsync(started.SetResult, cancellation.Token);
        await Task.WhenAny(started.Task, served);
        using HttpClient browser = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        using HttpResponseMessage found = await browser.GetAsync("/a");
        Assert.Equal("<p>/a ü</p>", await found.Content.ReadAsStringAsync());
        Assert.Equal("text/html; charset=utf-8", found.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", found.Headers.CacheControl!.ToString());
        Assert.Equal(["10"], found.Headers.GetValues("Refresh"));

        using HttpRequestMessage head = new(HttpMethod.Head, "/a");
        using HttpResponseMessage headed = await browser.SendAsync(head);
        Assert.Equal(found.Content.Headers.ContentLength, headed.Content.Headers.ContentLength);
        Assert.Empty(await headed.Content.ReadAsByteArrayAsync());

        using HttpResponseMessage posted = await browser.PostAsync("/a", new StringContent("x"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);

        // A page of elsewhere that has its name lead here asks under its own name.
        // HttpListener closes the connection after it has refused a name: a request that came over it meanwhile would get an empty answer of status 200.
        using HttpRequestMessage foreign = new(HttpMethod.Get, "/a") { Headers = { Host = $"elsewhere.example:{port}", ConnectionClose = true } };
        using HttpResponseMessage refused = await browser.SendAsync(foreign);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.DoesNotContain("/a", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // An image in a page of elsewhere is not drawn here; a link there may be followed.
        Assert.Equal(HttpStatusCode.Forbidden, await From("cross-site", "no-cors"));
        Assert.Equal(HttpStatusCode.OK, await From("cross-site", "navigate"));
        Assert.Equal(HttpStatusCode.OK, await From("same-origin", "cors"));

        await cancellation.CancelAsync();
        await served.WaitAsync(TimeSpan.FromSeconds(30));

        async Task<HttpStatusCode> From(string site, string mode)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/a") { Headers = { { "Sec-Fetch-Site", site }, { "Sec-Fetch-Mode", mode } } };
            using HttpResponseMessage answer = await browser.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task APageThatCannotBeMadeIsAnswerAndErrorAndTheNextOneIsMade()
    {
        int port = FreePort();
        using CancellationTokenSource cancellation = new();
        List<Exception> bugs = [];
        TaskCompletionSource started = new();
        Task served = new WebServer(port, address => address.AbsolutePath == "/bug" ? throw new InvalidOperationException("why") : new(HttpStatusCode.OK, ""), bugs.Add).RunAsync(started.SetResult, cancellation.Token);
        await Task.WhenAny(started.Task, served);
        using HttpClient browser = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        foreach (int _ in Enumerable.Range(0, 3))
        {
            using HttpResponseMessage failed = await browser.GetAsync("/bug");
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        }

        using HttpResponseMessage made = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.Equal(["why", "why", "why"], bugs.Select(bug => bug.Message));
        await cancellation.CancelAsync();
        await served.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WhoDoesNotReadKeepsNobodyWaiting()
    {
        int port = FreePort();
        using CancellationTokenSource cancellation = new();
        TaskCompletionSource started = new();
        string large = new('x', 1 << 25);   // more than any buffer holds
        Task served = new WebServer(port, address => new(HttpStatusCode.OK, address.AbsolutePath == "/large" ? large : ""), _ => { }) { Patience = TimeSpan.FromMinutes(5) }.RunAsync(started.SetResult, cancellation.Token);
        await Task.WhenAny(started.Task, served);
        TcpClient[] deaf = [.. Enumerable.Range(0, 4).Select(_ => new TcpClient("127.0.0.1", port))];
        foreach (TcpClient client in deaf) await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /large HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"));

        using HttpClient browser = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(1) };
        using HttpResponseMessage answer = await browser.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await cancellation.CancelAsync();
        await served.WaitAsync(TimeSpan.FromSeconds(30));
        foreach (TcpClient client in deaf) client.Dispose();
    }

    [Fact]
    public async Task APortThatIsTakenIsAnError()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        await Assert.ThrowsAsync<HttpListenerException>(() => new WebServer(port, _ => throw new InvalidOperationException(), _ => { }).RunAsync(() => { }, CancellationToken.None));
    }

    static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
