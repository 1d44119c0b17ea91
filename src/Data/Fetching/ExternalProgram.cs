using System.ComponentModel;
using System.Diagnostics;

namespace AeVae.Data.Fetching;

/// <summary>Runs a program of the system to its end.</summary>
static class ExternalProgram
{
    /// <summary>Runs <paramref name="program"/> in <paramref name="folder"/>.</summary>
    /// <exception cref="IOException">It is not installed, or it ends with an error; the message has the last line that it wrote.</exception>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, string folder, CancellationToken cancellation)
    {
        using Process process = Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        if (process.ExitCode != 0) throw new IOException($"`{program}` ends with exit code {process.ExitCode}: {LastLine(await errors.ConfigureAwait(false)) ?? LastLine(await output.ConfigureAwait(false)) ?? "no message"}");
    }

    static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception absent)
        {
            throw new FileNotFoundException($"the program `{start.FileName}` is not installed", absent);
        }
    }

    static string? LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
}
