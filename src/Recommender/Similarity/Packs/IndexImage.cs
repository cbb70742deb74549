using System.IO.Hashing;
using Recommender.Similarity.Memory;

namespace Recommender.Similarity.Packs;

/// <summary>An index as it lies in memory: nothing of it is computed when it is read, and the next process has it as fast as it can be copied.</summary>
internal static class IndexImage
{
    /// <summary>Changes with the layout of anything in it.</summary>
    private const int Format = 5;

    /// <summary>Takes an image.</summary>
    /// <returns>Its bytes in parts, each of which is given away once.</returns>
    public static IEnumerable<byte[]> Of(SimilarityIndex index)
    {
        var image = new ImageWriter();
        image.Write(Format);
        image.Write(StampOf(index.Read(content => content.Shares)));
        index.Save(image);
        return image.TakeParts();
    }

    /// <summary>Makes an index of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="shares">What is known now of how common terms are: where it is not what the image goes by, everything is weighed anew.</param>
    /// <param name="isSound">Asked when all is read, and before any of it is gone by: whether it is what was written.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of another build.</exception>
    public static SimilarityIndex Load(Stream image, TermShares shares, Func<bool> isSound)
    {
        var index = new SimilarityIndex();
        try
        {
            var reader = new ImageReader(image);
            if (reader.Read<int>() != Format)
            {
                throw new InvalidDataException("This image of an index is of another format.");
            }

            var stamp = reader.Read<ulong>();
            index.Load(reader, shares);
            if (image.ReadByte() >= 0 || !isSound())
            {
                throw new InvalidDataException("This image of an index is not what was written.");
            }

            if (stamp != StampOf(shares))
            {
                index.Learn(shares);
            }

            return index;
        }
        catch (InvalidDataException)
        {
            index.Dispose();
            throw;
        }
        catch (Exception failure) when (failure is EndOfStreamException or ArgumentException or OverflowException or IndexOutOfRangeException or OutOfMemoryException)
        {
            index.Dispose();
            throw new InvalidDataException("This image of an index is damaged.", failure);
        }
    }

    private static ulong StampOf(TermShares shares) => XxHash3.HashToUInt64(shares.ToBytes());
}
