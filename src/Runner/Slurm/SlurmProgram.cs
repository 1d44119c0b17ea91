using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using AeVae.Runner.Invocation;

namespace AeVae.Runner.Slurm;

/// <summary>Starts a program of Slurm (<c>sbatch</c>, <c>squeue</c> …) and turns its errors into words for people.</summary>
static partial class SlurmProgram
{
    const int PatienceSeconds = 90;   // Slurm's own programs give up on a dead controller after some ten seconds

    /// <summary>What it writes to standard output.</summary>
    /// <exception cref="SlurmException">It is not installed, fails, or does not end.</exception>
    public static string Run(string program, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> error = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(TimeSpan.FromSeconds(PatienceSeconds)))
            {
                process.Kill();
                throw new SlurmException(ExitCodes.Storage, $"{program} has not answered for {PatienceSeconds} s.");
            }

            return process.ExitCode == 0 ? output.Result : throw Refusal(program, process.ExitCode, error.Result);
        }
        catch (Win32Exception)
        {
            throw new SlurmException(ExitCodes.UserError, $"{program} was not found: Slurm is not installed on this machine, or not in PATH.");
        }
    }

    static SlurmException Refusal(string program, int exitCode, string error)
    {
        string words = string.Join("; ", error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => Prefix().Replace(line, "")));
        return Unreachable().IsMatch(words)
            ? new SlurmException(ExitCodes.Storage, $"Slurm does not answer: {words}.")
            : new SlurmException(ExitCodes.UserError, $"Slurm refuses: {(words.Length > 0 ? words : $"{program} ended with exit code {exitCode}")}.");
    }

    [GeneratedRegex("^[a-z_]+: (error: )?")]
    private static partial Regex Prefix();

    [GeneratedRegex("Unable to contact|Connection refused|timed out|Zero Bytes|authentication|munge|Unable to establish", RegexOptions.IgnoreCase)]
    private static partial Regex Unreachable();
}
