using AeVae.Tracking;

namespace AeVae.Runner.Invocation;

/// <summary>What the program's exit code says.</summary>
static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>A run failed.</summary>
    public const int RunFailed = 1;

    /// <summary>Two runs differ.</summary>
    public const int Different = 1;

    /// <summary>A mistake of the user: bad file, bad option.</summary>
    public const int UserError = 2;

    /// <summary>A verification found different bits.</summary>
    public const int Mismatch = 3;

    /// <summary>No run matches the selector.</summary>
    public const int NoSuchRun = 4;

    /// <summary>The database, the data or the disk cannot be read or written.</summary>
    public const int Storage = 5;

    /// <summary>A bug of this program; EX_SOFTWARE of sysexits.h. Not 1: that two runs differ must not be mistaken for it.</summary>
    public const int Bug = 70;

    /// <summary>Stopped as its terminal went away (SIGHUP).</summary>
    public const int HungUp = 129;

    /// <summary>Stopped by Ctrl-C (SIGINT).</summary>
    public const int Interrupted = 130;

    /// <summary>Stopped by SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>What a run that failed ends the program with.</summary>
    public static int Of(FailureKind failure) => failure switch
    {
        FailureKind.Disk => Storage,
        FailureKind.Bug => Bug,
        _ => RunFailed,
    };
}
