namespace AeVae.Tracking;

/// <summary>Why a run failed, for programs: whether it is worth another try.</summary>
public enum FailureKind
{
    /// <summary>A number is NaN or infinite: the same run would fail at the same step.</summary>
    NotFinite,

    /// <summary>The disk refused a file.</summary>
    Disk,

    /// <summary>By a fault of the program.</summary>
    Bug,
}
