using System.Runtime.InteropServices;
using AeVae.Runner.Invocation;

namespace AeVae.Runner.Execution;

/// <summary>Turns the first Ctrl-C, SIGTERM or SIGHUP into a cancellation, and a Ctrl-C after it into an immediate exit.</summary>
sealed class Interruption : IDisposable
{
    readonly CancellationTokenSource source = new();
    // Not named by .NET. It says that a file grew beyond a limit (ulimit -f): ignored, the write fails as on a full disk.
    const PosixSignal FileTooLarge = (PosixSignal)25;

    readonly PosixSignalRegistration[] registrations;
    int exitCode;

    /// <summary>Listens until disposed.</summary>
    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, ExitCodes.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, ExitCodes.Terminated)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(context, ExitCodes.HungUp)),     // where it is ignored (nohup), .NET leaves it so
        .. OperatingSystem.IsLinux() ? new[] { PosixSignalRegistration.Create(FileTooLarge, context => context.Cancel = true) } : [],
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>130 after Ctrl-C, 143 after SIGTERM, 129 after SIGHUP, 0 while there was neither.</summary>
    public int ExitCode => Volatile.Read(ref exitCode);

    void Stop(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref this.exitCode, exitCode, 0) != 0)
        {
            // A terminal that goes away is said twice, by the shell and by the system, and two people or programs may end the same process: no reason for haste.
            if (exitCode != ExitCodes.Interrupted)
                return;

            // The live view hides the cursor, and nobody else will show it again.
            if (!Console.IsErrorRedirected)
                Console.Error.Write("\e[?25h\n");
            Environment.Exit(exitCode);
        }

        source.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
            registration.Dispose();
        source.Dispose();
    }
}
