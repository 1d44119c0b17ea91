namespace AeVae.Compute;

/// <summary>Being built.</summary>
public readonly struct RandomStream
{
    /// <summary>Being built.</summary>
    public RandomStream(ulong seed, string purpose) => throw new NotImplementedException($"{seed} {purpose}");

    /// <summary>Being built.</summary>
    public void FillUniform(Span<float> destination, uint step, uint epoch, long firstElement = 0) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public void FillNormal(Span<float> destination, uint step, uint epoch, long firstElement = 0) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public void FillBits(Span<uint> destination, uint step, uint epoch, long firstElement = 0) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public void Shuffle(Span<int> order, uint epoch) => throw new NotImplementedException();
}
