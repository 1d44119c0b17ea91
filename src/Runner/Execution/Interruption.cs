using System.Runtime.InteropServices;
using AeVae.Runner.Commands;

namespace AeVae.Runner.Execution;

/// <summary>Turns the first Ctrl-C or SIGTERM into a cancellation, and the second into an immediate exit.</summary>
sealed class Interruption : IDisposable
{
    readonly CancellationTokenSource source = new();
    readonly PosixSignalRegistration[] registrations;
    int exitCode;

    /// <summary>Listens until disposed.</summary>
    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, ExitCodes.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, ExitCodes.Terminated)),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>130 after Ctrl-C, 143 after SIGTERM, 0 while there was neither.</summary>
    public int ExitCode => Volatile.Read(ref exitCode);

    void Stop(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref this.exitCode, exitCode, 0) != 0)
        {
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
