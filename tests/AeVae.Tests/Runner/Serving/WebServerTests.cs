using System.Net;
using System.Net.Sockets;
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
        Task served = new WebServer(port, address => new(HttpStatusCode.OK, $"<p>{address.AbsolutePath} ü</p>")).RunAsync(started.SetResult, cancellation.Token);
        await Task.WhenAny(started.Task, served);
        using HttpClient browser = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        using HttpResponseMessage found = await browser.GetAsync("/a");
        Assert.Equal("<p>/a ü</p>", await found.Content.ReadAsStringAsync());
        Assert.Equal("text/html; charset=utf-8", found.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", found.Headers.CacheControl!.ToString());

        using HttpResponseMessage posted = await browser.PostAsync("/a", new StringContent("x"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);

        // A page of elsewhere that has its name lead here asks under its own name.
        using HttpRequestMessage foreign = new(HttpMethod.Get, "/a") { Headers = { Host = $"elsewhere.example:{port}" } };
        using HttpResponseMessage refused = await browser.SendAsync(foreign);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.DoesNotContain("/a", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await cancellation.CancelAsync();
        await served.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task APortThatIsTakenIsAnError()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        await Assert.ThrowsAsync<HttpListenerException>(() => new WebServer(port, _ => throw new InvalidOperationException()).RunAsync(() => { }, CancellationToken.None));
    }

    static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
