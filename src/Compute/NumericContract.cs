namespace AeVae.Compute;

/// <summary>The rules by which every bit is computed: README.md beside this file.</summary>
public static class NumericContract
{
    /// <summary>Another version gives other bits.</summary>
    public const int Version = 1;
}
