using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace AeVae.Tracking;

/// <summary>What this machine knows of its processes.</summary>
static partial class ProcessTable
{
    /// <summary>When this machine started; after a sleep somewhat too late.</summary>
    public static DateTimeOffset MachineStart => DateTimeOffset.UtcNow - TimeSpan.FromMilliseconds(Environment.TickCount64);

    /// <summary>When a process started, in the system's own count; null when there is none of this number that can be seen.</summary>
    /// <param name="processId">Its number.</param>
    /// <param name="proc">Where Linux tells of processes.</param>
    public static long? StartOf(int processId, string proc = "/proc")
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return StartInProc(File.ReadAllText($"{proc}/{processId}/stat"));
            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or Win32Exception)
        {
            // Unauthorized: /proc is mounted with hidepid=1, and the process another user's. Win32: it is one of the services of Windows. No run is either.
            return null;
        }
    }

    /// <summary>Asks a process to end, by SIGTERM.</summary>
    /// <returns>Why it cannot be asked; null when it was, or is gone.</returns>
    /// <exception cref="PlatformNotSupportedException">Windows has no such signal.</exception>
    public static string? Terminate(int processId)
    {
        const int Sigterm = 15, NoSuchProcess = 3;
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Windows has no signal that asks a process to end");
        return Kill(processId, Sigterm) == 0 || Marshal.GetLastPInvokeError() == NoSuchProcess ? null : Marshal.GetLastPInvokeErrorMessage();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    // proc(5): "pid (name) state …", start time in clock ticks since boot is field 22; the name may hold blanks and brackets.
    static long? StartInProc(string stat)
    {
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        bool isGone = fields[0] is "Z" or "X";
        return isGone ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
    }
}
