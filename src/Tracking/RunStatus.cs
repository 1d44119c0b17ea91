namespace AeVae.Tracking;

/// <summary>Where a run stands; stored in lower case.</summary>
public enum RunStatus
{
    /// <summary>Planned, not yet started.</summary>
    Queued,

    /// <summary>Its process is at work.</summary>
    Running,

    /// <summary>Every planned epoch is done, or it stopped early as asked.</summary>
    Completed,

    /// <summary>Ended by an error, such as a loss that is not finite; the reason is stored.</summary>
    Failed,

    /// <summary>Ended by the user: Ctrl-C or SIGTERM.</summary>
    Interrupted,

    /// <summary>Its process ended without a word: kill −9, power loss.</summary>
    Crashed,

    /// <summary>Ended by a sweep because others did better.</summary>
    Pruned,
}

/// <summary>A status as a word.</summary>
public static class RunStatusWord
{
    /// <summary>As it is stored and shown: <c>completed</c>.</summary>
    public static string Word(this RunStatus status) => status.ToString().ToLowerInvariant();
}
