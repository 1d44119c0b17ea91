using System.Globalization;
using System.Net;
using System.Text;

namespace AeVae.Runner.Serving;

/// <summary>Answers browsers of this machine, and of no other: it listens on the loopback address alone, and a request that names another host is not for it.</summary>
/// <param name="port">The port.</param>
/// <param name="site">Makes the answer to a request.</param>
/// <param name="failed">Told of what <paramref name="site"/> threw.</param>
sealed class WebServer(int port, Func<Uri, WebPage> site, Action<Exception> failed)
{
    const int AtOnce = 2;   // pages that are made at the same time: drawing takes a processor each

    /// <summary>Whoever has not taken an answer by then gets no more of it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Serves until it is cancelled.</summary>
    /// <param name="started">Called when browsers are heard.</param>
    /// <param name="cancellation">Ends it; an answer that is on its way may be cut off.</param>
    /// <exception cref="HttpListenerException">The port is taken or not allowed.</exception>
    public async Task RunAsync(Action started, CancellationToken cancellation)
    {
        using HttpListener listener = new();
        using SemaphoreSlim places = new(AtOnce);
        if (!OperatingSystem.IsWindows())
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");    // of which Windows asks an administrator
        listener.Prefixes.Add($"http://localhost:{port}/");
        listener.Start();
        using CancellationTokenRegistration end = cancellation.Register(listener.Stop);
        started();
        while (!cancellation.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException && cancellation.IsCancellationRequested)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(context, places, cancellation), CancellationToken.None);
        }
    }

    async Task AnswerAsync(HttpListenerContext context, SemaphoreSlim places, CancellationToken cancellation)
    {
        try
        {
            WebPage page = await MakeAsync(context.Request, places, cancellation).ConfigureAwait(false);
            await SendAsync(page, context, cancellation).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or OperationCanceledException or IOException or InvalidOperationException)
        {
            context.Response.Abort();   // the browser went away, or the server does
        }
    }

    async Task<WebPage> MakeAsync(HttpListenerRequest request, SemaphoreSlim places, CancellationToken cancellation)
    {
        if (request.HttpMethod is not ("GET" or "HEAD") || request.Url is not { } address)
            return WebPage.Refuse(HttpStatusCode.MethodNotAllowed, "Nothing can be changed here", "Pages are read, with GET.");
        // Windows listens on every address for a name, and anybody can say that name.
        if (!IPAddress.IsLoopback(request.RemoteEndPoint.Address))
            return WebPage.Refuse(HttpStatusCode.Forbidden, "Not for other machines", "Only browsers of the machine that trains are answered.");
        // A page of elsewhere cannot read the answer, but would take the processor from a training; a link in it may be followed.
        if (request.Headers["Sec-Fetch-Site"] == "cross-site" && request.Headers["Sec-Fetch-Mode"] != "navigate")
            return WebPage.Refuse(HttpStatusCode.Forbidden, "Not for other pages", "Pages of elsewhere get nothing from here.");
        await places.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return site(address);
        }
#pragma warning disable CA1031 // Whatever it is, the browser gets an answer, and the others go on.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            failed(bug);
            return WebPage.Refuse(HttpStatusCode.InternalServerError, "This page could not be made", "It is a bug of AeVae; where the server was started stands what happened.");
        }
        finally
        {
            places.Release();
        }
    }

    async Task SendAsync(WebPage page, HttpListenerContext context, CancellationToken cancellation)
    {
        byte[] html = Encoding.UTF8.GetBytes(page.Html);
        HttpListenerResponse response = context.Response;
        response.StatusCode = (int)page.Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers["Cache-Control"] = "no-store";
        response.Headers["X-Content-Type-Options"] = "nosniff";
        response.Headers["X-Frame-Options"] = "DENY";
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (page.RefreshSeconds is { } seconds) response.Headers["Refresh"] = seconds.ToString(CultureInfo.InvariantCulture);
        response.ContentLength64 = html.Length;
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using CancellationTokenRegistration abort = patience.Token.Register(response.Abort);
        if (context.Request.HttpMethod != "HEAD")
            await response.OutputStream.WriteAsync(html, patience.Token).ConfigureAwait(false);
        response.Close();
    }
}
