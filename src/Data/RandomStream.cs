namespace AeVae.Data;

readonly struct RandomStream(ulong seed, string purpose)
{
    public void FillUniform(Span<float> destination, uint step, uint epoch, long firstElement = 0) => throw new NotImplementedException($"{seed}{purpose}");

    public void Shuffle(Span<int> order, uint epoch) => throw new NotImplementedException($"{seed}{purpose}");
}
