namespace AeVae.Tracking.Code;

/// <summary>How the files of a project lie to the commit that is checked out.</summary>
public enum CodeState
{
    /// <summary>Git is absent, or said nothing.</summary>
    Unknown,

    /// <summary>All are as committed.</summary>
    AsCommitted,

    /// <summary>Those that git knows are as committed; there are new ones, but none that the program is built from.</summary>
    NewFilesBeside,

    /// <summary>Files that git knows were edited, or there are new ones that the program is built from.</summary>
    Changed,
}

/// <summary>The states in words, alike on every page.</summary>
public static class CodeStates
{
    /// <summary>Follows "made" or a commit; of <see cref="CodeState.Unknown"/> nothing can be said.</summary>
    public static string InWords(this CodeState state) => state switch
    {
        CodeState.AsCommitted => "as committed",
        CodeState.NewFilesBeside => "as committed, beside new files that the program is not built from",
        CodeState.Changed => "with changes that are not committed",
        _ => "not known whether as committed",
    };

    /// <summary><c> with changes that are not committed</c>, for a line that only names a commit; empty when the commit says it all.</summary>
    public static string Addition(this CodeState state) => state == CodeState.Changed ? $" {state.InWords()}" : "";
}
