using System.Net;
using System.Text;

namespace AeVae.Runner.Serving;

/// <summary>Answers browsers of this machine, and of no other: it listens on the loopback addresses alone, and a request that names another host is not for it.</summary>
/// <param name="port">The port.</param>
/// <param name="site">Makes the answer to a request.</param>
sealed class WebServer(int port, Func<Uri, WebPage> site)
{
    const int AtOnce = 2;   // pages that are made at the same time: drawing takes a processor each

    /// <summary>Serves until it is cancelled.</summary>
    /// <param name="started">Called when browsers are heard.</param>
    /// <param name="cancellation">Ends it; an answer that is on its way may be cut off.</param>
    /// <exception cref="HttpListenerException">The port is taken or not allowed.</exception>
    public async Task RunAsync(Action started, CancellationToken cancellation)
    {
        using HttpListener listener = new();
        using SemaphoreSlim places = new(AtOnce);
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Prefixes.Add($"http://localhost:{port}/");
        listener.Start();
        using CancellationTokenRegistration end = cancellation.Register(listener.Stop);
        started();
        while (!cancellation.IsCancellationRequested)
        {
            HttpListenerContext request;
            try
            {
                request = await listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException && cancellation.IsCancellationRequested)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(request, places, cancellation), CancellationToken.None);
        }
    }

    async Task AnswerAsync(HttpListenerContext request, SemaphoreSlim places, CancellationToken cancellation)
    {
        try
        {
            await places.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                bool isRead = request.Request.HttpMethod is "GET" or "HEAD";
                WebPage page = isRead && request.Request.Url is { } address ? site(address) : WebPage.Refuse(HttpStatusCode.MethodNotAllowed, "Nothing can be changed here", "Pages are read, with GET.");
                byte[] html = Encoding.UTF8.GetBytes(page.Html);
                HttpListenerResponse response = request.Response;
                response.StatusCode = (int)page.Status;
                response.ContentType = "text/html; charset=utf-8";
                response.Headers["Cache-Control"] = "no-store";
                response.Headers["X-Content-Type-Options"] = "nosniff";
                response.Headers["Referrer-Policy"] = "no-referrer";
                response.ContentLength64 = html.Length;
                if (request.Request.HttpMethod != "HEAD")
                    await response.OutputStream.WriteAsync(html, cancellation).ConfigureAwait(false);
                response.Close();
            }
            finally
            {
                places.Release();
            }
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // The browser went away, or the server does.
        }
    }
}
