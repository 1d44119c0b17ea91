using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace AeVae.Acceptance;

/// <summary>Runs in a browser, while the program serves them.</summary>
public sealed class ServeTests : IDisposable
{
    readonly RunnerProgram _runner = new();

    [SkippableFact]
    public async Task RunsAreServedUntilTheProgramIsTerminated()
    {
        Skip.If(OperatingSystem.IsWindows(), "signals are sent with kill");
        Assert.Equal(0, _runner.Run("run", _runner.WriteExperiment(epochs: 1), "--no-report").ExitCode);
        int port = FreePort();
        using Process server = _runner.Start([], "serve", "--json", "--port", port.ToString(CultureInfo.InvariantCulture));
        try
        {
            using JsonDocument line = JsonDocument.Parse((await server.StandardOutput.ReadLineAsync())!);
            using HttpClient browser = new() { BaseAddress = new Uri(line.RootElement.GetProperty("url").GetString()!) };
            Assert.Equal(port, browser.BaseAddress.Port);

            Assert.Contains(">tiny</a>", await browser.GetStringAsync("/"), StringComparison.Ordinal);
            Assert.Contains("<h2 id=\"samples\">", await browser.GetStringAsync("/run/tiny"), StringComparison.Ordinal);

            Finished taken = _runner.Run("serve", "--port", port.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(2, taken.ExitCode);
            Assert.StartsWith($"error: port {port} cannot be used: ", taken.Error, StringComparison.Ordinal);
        }
        finally
        {
            await Process.Start("kill", ["-TERM", server.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExitAsync();
            Assert.True(server.WaitForExit(TimeSpan.FromSeconds(30)));
        }

        Assert.Equal(143, server.ExitCode);
    }

    [Fact]
    public void WithoutRunsThereIsNothingToServe() => Assert.Equal(4, _runner.Run("serve").ExitCode);

    static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => _runner.Dispose();
}
