using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AeVae.Tests.Nc1;

/// <summary>Starts <see cref="ReferenceProgram"/> and other programs.</summary>
static class ChildProcess
{
    /// <summary>The runtime's host itself, not a script in front of it: an emulator takes nothing else.</summary>
    public static string Host { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>This assembly, which is a program too.</summary>
    public static string Assembly { get; } = typeof(ReferenceProgram).Assembly.Location;

    /// <summary>Starts a program with more environment variables, each <c>NAME=value</c>.</summary>
    public static Process Start(string program, string[] arguments, string[] settings, string folder)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string setting in settings)
        {
            string[] parts = setting.Split('=', 2);
            start.Environment[parts[0]] = parts[1];
        }

        return Process.Start(start)!;
    }

    /// <summary>What it wrote to standard output; fails the test when it fails.</summary>
    public static string Finish(Process started)
    {
        using Process process = started;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("the process does not end");
        }

        Assert.True(process.ExitCode == 0, $"exit {process.ExitCode}\n{output.Result}\n{error.Result}");
        return output.Result;
    }
}
