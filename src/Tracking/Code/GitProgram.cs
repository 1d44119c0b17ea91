using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace AeVae.Tracking.Code;

/// <summary>Asks git, changes nothing, and never waits long.</summary>
/// <param name="folder">Where git is started.</param>
/// <param name="program">Its name in the path.</param>
sealed class GitProgram(string folder, string program = "git")
{
    const int PatienceMilliseconds = 10_000;   // a huge or remote checkout must not keep a run from starting

    /// <summary>The output of one command; null when it failed.</summary>
    public byte[]? Ask(params IEnumerable<string> arguments)
    {
        using var output = new MemoryStream();
        return Ask(arguments, output.Write) is null ? output.ToArray() : null;
    }

    /// <summary>Runs one command and hands on its output piece by piece, whatever its length.</summary>
    /// <returns>Why it failed; null when it did not.</returns>
    public string? Ask(IEnumerable<string> arguments, Action<byte[], int, int> receive)
    {
        try
        {
            using var process = new Process
            {
                StartInfo = new ProcessStartInfo(program, arguments)
                {
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    StandardErrorEncoding = Encoding.UTF8,
                    Environment = { ["GIT_OPTIONAL_LOCKS"] = "0", ["LC_ALL"] = "C" },   // only look: another git command may be at work
                },
            };
            process.Start();
            Task<string> error = process.StandardError.ReadToEndAsync();
            Lock gate = new();
            bool isGivenUp = false;
            Task reading = Task.Run(() => HandOn(process.StandardOutput.BaseStream, (bytes, first, count) =>
            {
                lock (gate)
                {
                    if (!isGivenUp)
                        receive(bytes, first, count);
                }
            }));
            if (reading.Wait(PatienceMilliseconds) && process.WaitForExit(PatienceMilliseconds))
                return process.ExitCode == 0 ? null : error.Result.Trim();
            lock (gate)
                isGivenUp = true;   // the receiver may be gone once this has returned, and a child of git go on writing
            process.Kill();
            return $"git takes longer than {PatienceMilliseconds / 1000} s";
        }
        catch (Win32Exception)
        {
            return "git is not installed";
        }
    }

    static void HandOn(Stream stream, Action<byte[], int, int> receive)
    {
        byte[] buffer = new byte[1 << 16];
        while (stream.Read(buffer) is > 0 and int read)
            receive(buffer, 0, read);
    }
}
