namespace AeVae.Models;

/// <summary>Which images a metric was computed on; stored in lower case.</summary>
public enum Split
{
    /// <summary>Images the parameters are fitted to; values are means over the epoch while the parameters change.</summary>
    Train,

    /// <summary>Images evaluated while training.</summary>
    Validation,

    /// <summary>Images evaluated once, at the end.</summary>
    Test,
}
