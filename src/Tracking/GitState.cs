using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace AeVae.Tracking;

/// <summary>What git says of the project; all null outside of git or without git.</summary>
readonly record struct GitState(string? Commit, string? Branch, bool? Dirty, string? DiffSha256)
{
    const int PatienceMilliseconds = 10_000;   // a huge or remote checkout must not keep a run from starting

    // What a run itself writes must not make the next one look edited.
    static readonly string[] Project =
    [
        "--", ".", ":(exclude)results.db*", ":(exclude)reports", ":(exclude)experiments/reports", ":(exclude)runs", ":(exclude)data",
    ];

    public static GitState Read(string projectRoot)
    {
        if (Git(projectRoot, ["status", "--porcelain=v2", "--branch", "--untracked-files=normal", .. Project]) is not { } output)
            return default;

        string[] lines = Encoding.UTF8.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string? commit = Header(lines, "# branch.oid ", absent: "(initial)");
        string? branch = Header(lines, "# branch.head ", absent: "(detached)");
        bool dirty = lines.Any(line => line[0] != '#');
        bool edited = lines.Any(line => line[0] is not ('#' or '?'));
        byte[]? diff = commit is null || !edited ? null : Git(projectRoot, ["diff", "HEAD", "--binary", "--no-color", "--no-ext-diff", "--no-textconv", .. Project]);
        return new GitState(commit, branch, dirty, diff is null ? null : Convert.ToHexStringLower(SHA256.HashData(diff)));
    }

    static string? Header(string[] lines, string key, string absent) =>
        lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) is { } line && line[key.Length..] != absent ? line[key.Length..] : null;

    static byte[]? Git(string folder, string[] arguments)
    {
        try
        {
            using var process = new Process
            {
                StartInfo = new ProcessStartInfo("git", arguments)
                {
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    Environment = { ["GIT_OPTIONAL_LOCKS"] = "0" },   // only look: another git command may be at work
                },
            };
            process.ErrorDataReceived += (_, _) => { };
            process.Start();
            process.BeginErrorReadLine();
            using var output = new MemoryStream();
            Task reading = process.StandardOutput.BaseStream.CopyToAsync(output);
            if (!reading.Wait(PatienceMilliseconds) || !process.WaitForExit(PatienceMilliseconds))
            {
                process.Kill();
                return null;
            }

            return process.ExitCode == 0 ? output.ToArray() : null;
        }
        catch (Win32Exception)
        {
            return null;   // git is not installed
        }
    }
}
