using AeVae.Compute;

namespace AeVae.Tests.Compute;

public class CutTests
{
    [Theory]
    [InlineData(51)]
    [InlineData(64)]
    [InlineData(102)]
    [InlineData(128)]
    [InlineData(400)]
    public void PartsAreFewEqualAndNeverTooLarge(int most)
    {
        for (int whole = 0; whole <= 3000; whole++)
        {
            int size = Cut.Evenly(whole, most), parts = Cut.Parts(whole, size);
            Assert.InRange(size, 1, most);
            Assert.Equal((int)Math.Ceiling(whole / (double)most), parts);
            if (parts > 0) Assert.InRange(whole - (parts - 1) * size, Math.Max(1, size - parts + 1), size);
        }
    }
}
